/// Returns a listener's environment, without variables that are meant for listeners of another supervisord.
///
/// `supervise` sets variables for the listeners of the supervisord that it starts. If a program of that supervisord is a
/// supervisord too, it passes them on to listeners of its own.
///
/// - Parameters:
///   - environment: The variables of this process.
///   - supervisord: The process that runs this one; evaluated only if it matters.
/// - Returns: The variables, without those of a `supervise` that has started another supervisord.
package func listenerEnvironment(
    _ environment: [String: String] = currentEnvironment(),
    of supervisord: @autoclosure () -> RunningProcess? = .supervisordAtStart
) -> [String: String] {
    // Both must be set: a user may have set one of them alone.
    guard environment[StatusSocket.variable] != nil, let file = environment[ConfigurationSearch.variable],
        let supervisord = supervisord().flatMap({ SupervisordCommandLine(arguments: $0.arguments) }),
        supervisord.configurationFile != file
    else {
        return environment
    }
    var environment = environment
    environment[ConfigurationSearch.variable] = nil
    environment[StatusSocket.variable] = nil
    environment[RelayedOutput.variable] = nil
    return environment
}
