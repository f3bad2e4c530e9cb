#ifndef SDB_CVTERM_H
#define SDB_CVTERM_H

#endif
