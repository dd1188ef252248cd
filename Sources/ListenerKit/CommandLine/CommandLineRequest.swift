/// A parsed command line.
package enum CommandLineRequest {
    /// Print the help.
    case help
    /// Print the program's version.
    case version
    /// Listen.
    case listen(ListenRequest)
}
