# Several names at one address, for the tests of symbols.
        .text
        .globl  main
        .type   main, @function
main:   xorl    %eax, %eax
        ret
        .size   main, . - main
        .globl  _second
        .weak   second
        .type   _second, @function
        .type   second, @function
_second:
second:
zulu:   ret
        .size   _second, . - _second
        .size   second, . - second
        .section .note.GNU-stack, "", @progbits
