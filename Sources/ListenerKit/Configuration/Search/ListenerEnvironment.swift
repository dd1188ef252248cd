/// The variables of a listener's environment.
///
/// What a `supervise` has to tell is meant for the listeners of the supervisord that it has started. A program of that one may
/// be a supervisord too, and hand all of it on to listeners of its own.
///
/// - Parameters:
///   - environment: The variables that this process was given.
///   - supervisord: The process that runs this one; it is asked for only if that matters.
/// - Returns: The variables, without those of a `supervise` that has started another supervisord.
package func listenerEnvironment(
    _ environment: [String: String] = currentEnvironment(),
    of supervisord: @autoclosure () -> RunningProcess? = .supervisordAtStart
) -> [String: String] {
    // Somebody else may set one of the two.
    guard environment[StatusSocket.variable] != nil, let file = environment[ConfigurationSearch.variable],
        let supervisord = supervisord().flatMap({ SupervisordCommandLine(arguments: $0.arguments) }),
        supervisord.configurationFile != file
    else {
        return environment
    }
    var environment = environment
    environment[ConfigurationSearch.variable] = nil
    environment[StatusSocket.variable] = nil
    return environment
}
