import ListenerKit

/// There is no supervisord to be started.
struct UnstartableSupervisordError: Error, CustomStringConvertible {
    /// What the system says.
    let reason: SystemError

    var description: String {
        "\(reason); install supervisor (pip install supervisor, or the package of your distribution), or say where it is "
            + "with --supervisord"
    }
}
