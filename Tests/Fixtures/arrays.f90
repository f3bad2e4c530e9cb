! Arrays, strings and records of Fortran, for the tests of values.
module shared_data
  implicit none
  integer :: counter = 7
  real(8), dimension(3) :: ratios = (/ 0.5d0, 0.25d0, 0.125d0 /)
  type point
    integer :: x = 1
    real :: y = 2.5
  end type point
  type, extends(point) :: labelled
    character(len=4) :: label = 'abcd'
    integer, allocatable :: values(:)
    integer :: grid(2, 2) = reshape((/ 1, 2, 3, 4 /), (/ 2, 2 /))
  end type labelled
contains
  integer function twice(n)
    integer, intent(in) :: n
    twice = 2 * n
  end function twice
  integer function measured(text, extra)
    character(len=*), intent(in) :: text
    integer, value :: extra
    measured = len(text) + extra
  end function measured
  integer function total(values)
    integer, intent(in) :: values(:)
    total = sum(values)
  end function total
end module shared_data

program arrays
  use shared_data
  implicit none
  integer :: plain(3) = (/ 1, 2, 3 /)
  integer :: matrix(2, 3) = reshape((/ 1, 2, 3, 4, 5, 6 /), (/ 2, 3 /))
  integer :: cube(2, 2, 2) = reshape((/ 1, 2, 3, 4, 5, 6, 7, 8 /), (/ 2, 2, 2 /))
  integer :: shifted(-1:1) = (/ 10, 11, 12 /)
  integer(1) :: tiny = 5_1
  integer(8) :: large = 5000000000_8
  integer(2) :: small = -3_2
  real(4) :: single = 1.5
  real(8) :: double = 0.1d0
  real(16) :: quad = 0.1_16
  complex :: z = (1.5, -2.5)
  complex(8) :: zz = (0.1d0, 2d0)
  logical :: yes = .true., no = .false.
  logical(1) :: short_yes = .true.
  character(len=5) :: text = 'hello'
  character :: letter = 'x'
  character(len=3) :: words(2) = (/ 'one', 'two' /)
  integer, allocatable :: vector(:), never(:)
  real, allocatable :: table(:, :)
  integer, pointer :: view(:), nothing(:)
  integer, target :: base(10) = (/ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 /)
  integer, pointer :: scalar
  character(len=:), allocatable :: growing
  type(point) :: p
  type(labelled) :: l
  type(point), dimension(2) :: points
  allocate(vector(4))
  vector = (/ 4, 3, 2, 1 /)
  allocate(table(2, 0:1))
  table = 1.5
  table(2, 1) = 9
  view => base(2:10:3)
  scalar => base(3)
  allocate(l%values(2))
  l%values = (/ 8, 9 /)
  growing = 'grown text'
  nullify(nothing)
  call work(matrix, vector, base(10:1:-2), 3, text)
  print *, plain, cube, shifted, tiny, large, small, single, double, quad, z, zz, yes, no, short_yes
  print *, letter, words, p%x, points(1)%x, l%x, table(1, 0), view(1), scalar, growing, counter
contains
  subroutine work(whole, assumed, reversed, n, name)
    integer :: whole(2, 3)
    integer :: assumed(:)
    integer :: reversed(:)
    integer :: n
    character(len=*) :: name
    integer :: automatic(n)
    integer :: explicit(n, n + 1)
    automatic = n
    explicit = 7
    explicit(1, 2) = 8
    print *, whole(1, 1), assumed(1), reversed(1), name, automatic(1), explicit(1, 1), ratios(1) ! in work
  end subroutine work
end program arrays
