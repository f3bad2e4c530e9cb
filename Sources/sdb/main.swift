print("sdb")
