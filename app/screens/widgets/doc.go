// Package widgets holds the small parts of the screens: texts in the roles of
// our type, buttons with key hints, segments, tiles, rows, tags, the
// status pill, the rail's items, cards and tick boxes.
//
// They are rectangles, lines and texts in the tokens of theme. What can be
// pressed has five faces: plain, hover (head ground), pressed (mid ground),
// focused (a ring of 2 px outside the edge) and disabled (ink3 text, rule
// edge). Space or Enter presses what has the keys. They call back and know
// nothing of the domain.
package widgets
