# A program of its own, with no C library: adds the numbers below ten and exits with the sum's low bits.
# Built with: gcc -g -nostdlib -static
    .intel_syntax noprefix
    .globl _start
    .text
add_up:
    xor eax, eax
next_number:
    add rax, rdi
    dec rdi
    jnz next_number
    ret
    .type add_up, @function
    .size add_up, .-add_up

_start:
    mov edi, 9
    call add_up
    mov rdi, rax
    mov eax, 60             # exit(2)
    syscall
    .type _start, @function
    .size _start, .-_start

    .section .note.GNU-stack, "", @progbits
