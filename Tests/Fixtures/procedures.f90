integer function addi(a, b)
  integer, intent(in) :: a, b
  addi = a + b
end function
real(8) function halved(x)
  real(8), intent(in) :: x
  halved = x / 2
end function
integer function total(v, n)
  integer, intent(in) :: n
  integer, intent(in) :: v(n)
  total = sum(v)
end function
subroutine bump(i)
  integer, intent(inout) :: i
  i = i + 1
end subroutine
program main
  integer :: addi, total
  real(8) :: halved
  integer :: i = 3, v(3) = (/1, 2, 3/)
  real(8) :: x = 1.5d0
  x = halved(x) + addi(i, 4) + total(v, 3)
  call bump(i)
  print *, i, x ! stop
end program
