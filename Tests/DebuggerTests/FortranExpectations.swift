/// What `arrays.f90` shows, in the words of gdb 13: in its subroutine, and in the main program that calls it.
enum FortranExpectations {
  static let values = [
    ("whole", "((1, 2) (3, 4) (5, 6))"),
    ("assumed", "(4, 3, 2, 1)"),
    ("reversed", "(10, 8, 6, 4, 2)"),
    ("name", "'hello'"),
    ("automatic", "(3, 3, 3)"),
    ("explicit", "((7, 7, 7) (8, 7, 7) (7, 7, 7) (7, 7, 7))"),
    ("ratios", "(0.5, 0.25, 0.125)"),
    ("counter", "7"),
    ("sizeof(whole)", "24"),
  ]

  static let types = [
    ("whole", "integer(kind=4) (2,3)"),
    ("assumed", "integer(kind=4) (4)"),
    ("reversed", "integer(kind=4) (5)"),
    ("automatic", "integer(kind=4) (3)"),
    ("explicit", "integer(kind=4) (3,4)"),
    ("ratios", "real(kind=8) (3)"),
  ]

  static let bodies = [
    (
      "point",
      """
      Type point
          integer(kind=4) :: x
          real(kind=4) :: y
      End Type point
      """
    )
  ]

  static let mainValues = [
    ("base", "(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)"),
    ("cube", "(((1, 2) (3, 4)) ((5, 6) (7, 8)))"),
    ("large", "5000000000"),
    ("letter", "'x'"),
    ("matrix", "((1, 2) (3, 4) (5, 6))"),
    ("no", ".FALSE."),
    ("nothing", "<not associated>"),
    ("plain", "(1, 2, 3)"),
    ("points", "(( x = 1, y = 2.5 ), ( x = 1, y = 2.5 ))"),
    ("quad", "0.100000000000000000000000000000000005"),
    ("shifted", "(10, 11, 12)"),
    ("short_yes", ".TRUE."),
    ("small", "-3"),
    ("table", "((1.5, 1.5) (1.5, 9))"),
    ("text", "'hello'"),
    ("tiny", "5"),
    ("vector", "(4, 3, 2, 1)"),
    ("view", "(2, 5, 8)"),
    ("words", "('one', 'two')"),
    ("yes", ".TRUE."),
    ("z", "(1.5,-2.5)"),
    ("zz", "(0.10000000000000001,2)"),
    ("l", "( point = ( x = 1, y = 2.5 ), label = 'abcd', values = (8, 9), grid = ((1, 2) (3, 4)) )"),
  ]

  static let mainTypes = [
    ("cube", "integer(kind=4) (2,2,2)"),
    ("letter", "character*1"),
    ("nothing", "integer(kind=4) (:)"),
    ("points", "Type point (2)"),
    ("shifted", "integer(kind=4) (-1:1)"),
    ("table", "real(kind=4), allocatable (2,0:1)"),
    ("text", "character*5"),
    ("vector", "integer(kind=4), allocatable (4)"),
    ("view", "integer(kind=4) (3)"),
    ("words", "character*3 (2)"),
    ("z", "complex(kind=4)"),
    ("scalar", "PTR TO -> ( integer(kind=4) )"),
  ]

  static let mainBodies = [
    (
      "p",
      """
      Type point
          integer(kind=4) :: x
          real(kind=4) :: y
      End Type point
      """
    ),
    (
      "points",
      """
      Type point
          integer(kind=4) :: x
          real(kind=4) :: y
      End Type point (2)
      """
    ),
    ("table", "real(kind=4), allocatable (2,0:1)"),
  ]

}
