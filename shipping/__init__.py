"""What a release is made of beside the wheel: a single file that runs by itself, a Debian package, a list of the parts and their licences."""
