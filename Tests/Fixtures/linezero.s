# Code that no line accounts for, in the midst of a function.
  .file 1 "linezero.c"
  .text
  .globl main
  .type main, @function
main:
  .loc 1 3 0
  .cfi_startproc
  pushq %rbp
  .cfi_def_cfa_offset 16
  .cfi_offset 6, -16
  movq %rsp, %rbp
  .cfi_def_cfa_register 6
  .loc 1 4 0
  movl $1, %eax
  .loc 1 0 0
  addl $2, %eax
  addl $3, %eax
  .loc 1 6 0
  addl $4, %eax
  .loc 1 7 0
  xorl %eax, %eax
  popq %rbp
  .cfi_def_cfa 7, 8
  ret
  .cfi_endproc
  .size main, .-main
  .section .note.GNU-stack,"",@progbits
