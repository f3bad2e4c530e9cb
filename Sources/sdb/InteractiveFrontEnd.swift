/// Runs the interface in this terminal until the user quits; answers the exit status.
func runInteractive(_ options: FrontEndOptions) async -> Int32 {
  Output.error("sdb: this build has no interface; use --batch.\n")
  return 2
}
