"""What leaves and enters: resources as objects, rows and lines, one module per format."""
