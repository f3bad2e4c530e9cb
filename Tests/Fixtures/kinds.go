// Values of Go's basic types, for the tests of values.
package main

import "fmt"

type Point struct{ X, Y int }
type Named int
type Shape interface{ Area() float64 }
type Square struct{ Side float64 }

func (s Square) Area() float64 { return s.Side * s.Side }

func show(flag bool, small int8, number int, ratio float64, text string, empty string, letter rune, octet byte,
	slice []int, texts []string, nothing []int, array [3]int, point Point, pointer *Point, named Named, table map[string]int,
	shape Shape, call func(int) int, z complex128) {
	fmt.Println(flag, small, number, ratio, text, empty, letter, octet, slice, texts, nothing, array, point, pointer, named, table, shape, call(1), z) // in show
}

func main() {
	show(true, -8, 42, 0.5, "héllo", "", 'é', 200, []int{1, 2, 3}, []string{"a", "b"}, nil, [3]int{4, 5, 6}, Point{1, 2}, &Point{3, 4}, 7,
		map[string]int{"one": 1}, Square{2}, func(a int) int { return a + 1 }, complex(1, 2))
}
