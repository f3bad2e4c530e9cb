#ifndef SDB_CDW_H
#define SDB_CDW_H

#endif
