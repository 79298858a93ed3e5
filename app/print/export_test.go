package print

// RepairToUnicode is mended bytes' only part that ordinary documents cannot
// bring to its limits.
var RepairToUnicode = repairToUnicode
