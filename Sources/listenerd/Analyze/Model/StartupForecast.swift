import Handlers
import ListenerKit

/// What a startup would have taken if something had been different.
///
/// Each process keeps its own time from the moment at which all that it waits for is there, as it was measured: supervisord starts
/// several at once, without waiting.
struct StartupForecast {
    /// The startup as it would have been.
    let startup: MeasuredStartup

    /// Plays a startup again.
    ///
    /// - Parameters:
    ///   - measured: The startup as it was.
    ///   - removed: Dependencies that are left out.
    ///   - durations: How long programs take from their start to where they should be.
    /// - Throws: ``UsageError`` if the startup has no such dependency, or no such program.
    init(
        _ measured: MeasuredStartup,
        without removed: [DependencyName] = [],
        durations: [ProgramDuration] = []
    ) throws(UsageError) {
        var new = measured
        for dependency in removed {
            try Self.remove(dependency, from: &new)
        }
        var seconds: [Int: Double] = [:]
        for duration in durations {
            for process in try Self.processes(named: duration.name, in: measured) {
                seconds[process] = duration.seconds
            }
        }
        for (index, program) in measured.programs.enumerated() {
            let start = measured.started(program)
            if program.isManaged, start < .infinity {
                // What had not been there when it was started has not held it back, and does not now.
                let isBinding = program.dependencies.map { measured.met($0) <= start + MeasuredStartup.tolerance }
                let kept = zip(program.dependencies, isBinding).filter { dependency, isBinding in
                    isBinding && new.programs[index].dependencies.contains { $0.parent == dependency.parent }
                }
                let released = kept.map { new.met($0.0) }.reduce(measured.began, max)
                let shift = released - measured.released(program)
                program.processes.forEach { new.times[$0].shift(by: shift) }
            }
            for process in program.processes {
                if let seconds = seconds[process] {
                    new.times[process].setDuration(to: new.goal(process), seconds)
                }
            }
        }
        startup = new
    }

    private static func remove(_ name: DependencyName, from startup: inout MeasuredStartup) throws(UsageError) {
        let found = startup.programs.firstIndex { $0.name == name.child || startup.isProcess(name.child, of: $0) }
        guard let child = found else {
            throw .other("no program of the log's plan is called '\(name.child)'" + startup.suggestion(for: name.child))
        }
        let program = startup.programs[child]
        guard program.dependencies.contains(where: { $0.parent == name.parent }) else {
            let parents = program.dependencies.map { $0.parent }
            throw .other(
                "\(program.name) does not wait for '\(name.parent)'; "
                    + (parents.isEmpty ? "it waits for nothing" : "it waits for: \(parents.joined(separator: ", "))")
            )
        }
        startup.removeDependency(on: name.parent, of: child)
    }

    private static func processes(named name: String, in startup: MeasuredStartup) throws(UsageError) -> [Int] {
        if let program = startup.programs.first(where: { $0.name == name }) {
            return program.processes
        }
        let group = name.hasSuffix(":*") ? String(name.dropLast(2)) : nil
        let found = startup.processes.indices.filter { index in
            let process = startup.processes[index].name
            return process.description == name || process.group == group
        }
        guard !found.isEmpty else {
            throw .other("no program of the log is called '\(name)'" + startup.suggestion(for: name))
        }
        return found
    }
}

extension MeasuredStartup {
    fileprivate func isProcess(_ name: String, of program: MeasuredProgram) -> Bool {
        program.processes.contains { processes[$0].name.description == name }
    }

    fileprivate func suggestion(for name: String) -> String {
        Suggestion.nearest(to: name, among: programs.map { $0.name }).map { "; did you mean '\($0)'?" } ?? ""
    }
}
