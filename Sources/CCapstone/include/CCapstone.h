#ifndef SDB_CCAPSTONE_H
#define SDB_CCAPSTONE_H

#endif
