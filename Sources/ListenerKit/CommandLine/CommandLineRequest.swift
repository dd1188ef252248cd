/// What a command line asks for.
package enum CommandLineRequest {
    /// Print how the program is used.
    case help
    /// Print the program's version.
    case version
    /// Listen.
    case listen(ListenRequest)
}
