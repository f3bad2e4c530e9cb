"""Has work done by another process, made as the argument says: fork, forkserver or spawn."""
import multiprocessing
import os
import sys


def work(connection, number):
    os.getsid(0)
    connection.send(number * number)
    connection.close()


if __name__ == "__main__":
    context = multiprocessing.get_context(sys.argv[1])
    here, there = context.Pipe()
    process = context.Process(target=work, args=(there, 12))
    process.start()
    square = here.recv()
    process.join()
    print("the square is", square, "and the exit code", process.exitcode)
