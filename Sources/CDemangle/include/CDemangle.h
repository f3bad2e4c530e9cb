#ifndef SDB_CDEMANGLE_H
#define SDB_CDEMANGLE_H

#endif
