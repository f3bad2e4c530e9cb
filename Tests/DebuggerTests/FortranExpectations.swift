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
    ("COUNTER", "7"),
    ("Ratios", "(0.5, 0.25, 0.125)"),
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

  /// Expressions of the main program, in the order in which they are evaluated; those that gdb has no answer to are the
  /// last ones.
  static let expressions = [
    ("matrix(1,2)", "3"), ("matrix(3,1)", "no such vector element"), ("matrix(1)", "Wrong number of subscripts"),
    ("matrix(1:2,2)", "(3, 4)"), ("matrix(:,1)", "(1, 2)"), ("matrix(2,1:3:2)", "(2, 6)"),
    ("matrix(:,3:1:-1)", "((5, 6) (3, 4) (1, 2))"), ("cube(2,:,1)", "(2, 4)"), ("shifted(-1)", "10"),
    ("shifted(0:1)", "(11, 12)"), ("shifted(0:9)", "array subscript out of bounds"),
    ("shifted(1:0)", "incorrect stride and boundary combination"), ("view(2)", "5"), ("view(2:3)", "(5, 8)"),
    ("table(2,1)", "9"), ("points(2)%x", "1"), ("l%point%x", "1"), ("l%grid(2,2)", "4"), ("l%values(1:1)", "(8)"),
    ("l%label(2:3)", "'bc'"), ("words(2)", "'two'"), ("words(2)(1:2)", "'tw'"), ("TINY", "5"), ("text(2:3)", "'el'"),
    ("text == 'hello'", ".TRUE."), ("text < 'help'", ".TRUE."), (".true.", ".TRUE."), (".not. yes", ".FALSE."),
    ("yes .and. no", ".FALSE."), ("yes .or. no", ".TRUE."), ("yes .eqv. no", ".FALSE."), ("yes .neqv. no", ".TRUE."),
    ("tiny > 3 .and. tiny .le. 5", ".TRUE."), ("tiny /= 5", ".FALSE."), ("2**10", "1024"), ("2**3**2", "512"),
    ("2.0**0.5", "1.4142135623730951"), ("1d3", "1000"), ("7/2", "3"), ("(1.0,2.0)", "(1,2)"),
    ("z + 1", "(2.5,-2.5)"), ("z * z", "(-4,-7.5)"), ("z == z", ".TRUE."), ("mod(-7,3)", "-1"), ("modulo(-7,3)", "2"),
    ("abs(-2.5)", "2.5"), ("floor(-2.5)", "-3"), ("ceiling(2.1)", "3"), ("cmplx(1,2)", "(1,2)"),
    ("size(matrix)", "6"), ("size(matrix,1)", "2"), ("shape(matrix)", "(2, 3)"), ("rank(matrix)", "2"),
    ("lbound(shifted)", "(-1)"), ("ubound(table,2)", "1"), ("allocated(vector)", ".TRUE."),
    ("associated(nothing)", ".FALSE."), ("kind(z)", "4"), ("(integer*8) 5", "5"), ("(real)3", "3"),
    ("sizeof(matrix)", "24"), ("matrix(1,1) = 100", "100"), ("matrix(1,:)", "(100, 3, 5)"), ("no = .true.", ".TRUE."),
    ("no", ".TRUE."), ("tiny%x", "Attempt to extract a component of a value that is not a structure."),
    ("tiny(1)", "Cannot perform substring on this type"), ("'it''s'", "'it\\'s'"),
    ("points(3)", "no such vector element"), ("counter", "7"), ("z = (3.0,4.0)", "(3,4)"), ("z", "(3,4)"),
    ("real(z)", "3"), ("int(2.7)", "2"), ("aimag(z)", "4"), ("5_8", "5"), ("1.5_8", "1.5"), ("\"abc\"", "'abc'"),
    ("1.eq.2", ".FALSE."), ("-2**2", "-4"), (".not. tiny == 3", ".TRUE."), ("text = 'ab'", "'ab   '"),
    ("text", "'ab   '"), ("text == 'ab'", ".TRUE."), ("twice(4)", "8"), ("twice(counter)", "14"),
    ("twice(tiny)", "10"), ("measured('abc', 10)", "13"), ("measured(text, 1)", "6"),
    ("measured(text)", "Too few arguments in function call."),
    ("total(plain)", "An argument that takes an array's descriptor can't be passed."),
    ("size(matrix, 3)", "DIM argument to SIZE must be between 1 and 2"), ("5_3", "There is no kind 3 of numbers."),
    ("matrix + 1", "Argument to arithmetic operation not a number or boolean."), ("abs(z)", "5"),
    ("$row = matrix(1, :)", "(100, 3, 5)"), ("$row(2)", "3"), ("$_strlen('abc')", "3"),
  ]

  static let expressionTypes = [
    ("matrix(1:2,1)", "integer(kind=4) (2)"), ("matrix(1,1)", "integer(kind=4)"), (".true.", "logical(kind=4)"),
    ("tiny == 1", "logical(kind=4)"), ("1.5", "real*8"), ("integer", "integer*4"), ("real*8", "real*8"),
    ("integer(kind=8)", "integer*8"), ("logical*1", "logical*1"), ("size(matrix)", "integer*4"), ("5_8", "integer*8"),
    ("(1.0,2.0)", "complex*8"), ("measured", "integer(kind=4) (character*(*), integer(kind=4), integer(kind=8))"),
  ]
}
