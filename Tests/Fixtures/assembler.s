	.text
	.globl main
	.type main, @function
main:
	push %rbp
	mov %rsp, %rbp
	mov $3, %edi
	call twice
	pop %rbp
	ret
	.size main, .-main
	.globl twice
	.type twice, @function
twice:
	lea (%rdi,%rdi), %eax
	ret
	.size twice, .-twice
	.section .note.GNU-stack, "", @progbits
