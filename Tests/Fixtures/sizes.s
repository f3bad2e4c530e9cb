# Data with and without sizes. Built with: gcc -g -nostdlib -static
    .data
loose:
    .byte 1, 2, 3, 4
    .type sized, @object
    .size sized, 4
sized:
    .long 1
    .zero 16
    .text
    .globl _start
_start:
    ret
