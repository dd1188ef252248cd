/// There is no supervisord to be started.
package struct UnstartableSupervisordError: Error, CustomStringConvertible {
    /// What the system says.
    package let reason: SystemError

    /// Describes it.
    package init(reason: SystemError) {
        self.reason = reason
    }

    /// One sentence without a full stop, with what to do.
    package var description: String {
        "\(reason); install supervisor (pip install supervisor, or the package of your distribution), or say where it is "
            + "with --supervisord"
    }
}
