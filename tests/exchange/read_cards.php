<?php
// Reads cards from the standard input with Sabre/VObject, as Nextcloud and Baikal do; writes each property that it understood,
// with its parts and its types, and what it has against the card, as JSON. Version 2.1 leaves `\,` and `\;` in a text.
require '/usr/share/php/Sabre/VObject/autoload.php';

$cards = new Sabre\VObject\Splitter\VCard(fopen('php://stdin', 'r'));
$understood = [];
while ($card = $cards->getNext()) {
    $read = ['faults' => array_map(fn ($fault) => $fault['message'], $card->validate())];
    foreach ($card->children() as $property) {
        $parts = $property instanceof Sabre\VObject\Property\Compound
            ? $property->getParts() : [strtr($property->value, ['\,' => ',', '\;' => ';'])];
        $read[$property->name][] = [$parts, (string) ($property['TYPE'] ?? '')];
    }
    $understood[] = $read;
}
echo json_encode($understood, JSON_UNESCAPED_UNICODE);
