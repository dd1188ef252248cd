import ExecutableTesting
import Foundation
import Testing

/// Ordered stops of random programs, and at random moments.
@Suite struct OrderedStopLoadTests {
    /// Some runs for every day; more, and of more programs, are asked for by a variable of the environment.
    private static let count = ProcessInfo.processInfo.environment["LISTENERD_STOPS"].flatMap { UInt64($0) }
    private static let seeds = Array(0..<(count ?? 3))

    /// A program, which takes some time to stop, and depends on earlier ones.
    private struct Program {
        let name: String
        /// Hundredths of a second.
        let stop: Int
        let parents: [Int]

        var section: String {
            let command = StoppingProgram.command(seconds: "\(stop / 100).\(stop / 10 % 10)\(stop % 10)")
            return Sections.native(name, command, after: parents.map { "p\($0)" }.joined(separator: " "))
        }
    }

    private static func programs(_ count: Int, _ random: inout SeededGenerator) -> [Program] {
        (0..<count).map { index in
            let stop = Int.random(in: 0...(Self.count == nil ? 30 : 200), using: &random)
            let parents = (0..<index).suffix(8).shuffled(using: &random)
                .prefix(Int.random(in: 0...3, using: &random))
            return Program(name: "p\(index)", stop: stop, parents: parents.sorted())
        }
    }

    /// The longest time that programs take that stop one after the other, in seconds.
    private static func longestChain(_ programs: [Program]) -> Double {
        // How long each and those that it depends on take.
        var ends: [Int] = []
        for program in programs {
            ends.append(program.stop + (program.parents.map { ends[$0] }.max() ?? 0))
        }
        return Double(ends.max() ?? 0) / 100
    }

    @Test(arguments: seeds)
    func randomProgramsStopInOrder(seed: UInt64) async throws {
        var random = SeededGenerator(state: seed)
        let count = Int.random(in: Self.count == nil ? 4...12 : 20...50, using: &random)
        let programs = Self.programs(count, &random)
        try await Supervise.runOrdered(programs.map { $0.section }.joined(), up: count) { supervise in
            let start = ContinuousClock.now
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            let seconds = start.duration(to: .now) / .seconds(1)
            for program in programs {
                for parent in program.parents {
                    #expect(supervise.has("\(program.name) end", before: "p\(parent) term"), "\(supervise.stops)")
                }
            }
            if Self.count != nil {
                let longest = Self.longestChain(programs)
                print("\(count) programs: \(seconds) s, \(seconds / longest) times the longest chain of \(longest) s")
            }
        }
    }

    @Test(arguments: seeds)
    func nothingStartsAfterAStopThatBeginsDuringAStartup(seed: UInt64) async throws {
        var random = SeededGenerator(state: seed)
        let programs = Self.programs(8, &random)
        let milliseconds = Int.random(in: 0...800, using: &random)
        let text = programs.map { $0.section }.joined()
        let files = [StoppingProgram.file: StoppingProgram.script]
        try await Supervise.run(["--ordered-startup"], text, files: files) { supervise in
            // Before there is a folder, a signal just ends the process.
            try await supervise.wait(for: "the folder of the run") { !supervise.leftovers.isEmpty }
            try await Task.sleep(for: .milliseconds(milliseconds))
            let ending = try await supervise.terminateWithoutTrace()
            #expect(ending == .status(0), "\(supervise.logs)")
            let lines = supervise.log.split(separator: "\n").map { String($0) }
            let firstStop = lines.firstIndex { $0.contains(" stopped: ") } ?? lines.endIndex
            #expect(!lines[firstStop...].contains { $0.contains("spawned: 'p") }, "\(supervise.logs)")
            for program in programs {
                for parent in program.parents where supervise.started.contains(program.name) {
                    let stops = ["stopped: \(program.name) ", "stopped: p\(parent) "]
                    #expect(supervise.log.inOrder(stops[0], stops[1]), "\(supervise.logs)")
                }
            }
            #expect(!supervise.errors.contains("warning") && !supervise.errors.contains("error"), "\(supervise.logs)")
        }
    }
}
