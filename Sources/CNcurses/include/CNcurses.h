#ifndef SDB_CNCURSES_H
#define SDB_CNCURSES_H

#endif
