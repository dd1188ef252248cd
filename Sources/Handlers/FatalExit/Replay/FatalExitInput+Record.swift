import ListenerKit

extension FatalExitInput {
    /// Records the input: its place if it is an event, which the log has already, else all of it; an alarm is recorded with what it
    /// leads to.
    func record(in recorder: inout ReplayRecorder, at now: ContinuousClock.Instant) {
        switch self {
        case .change(let event): recorder.receive(event.header, at: now)
        case .group(let event): recorder.receive(event.header, at: now)
        case .supervisor(let event): recorder.receive(event.header, at: now)
        case .snapshot(let snapshot, let configuration):
            recorder.receive(snapshot, at: now) { configuration?.writeMembers(to: &$0) }
        case .alarm: break
        case .allProcesses(let processes, let configuration):
            recorder.record(FatalExitRecord.allProcesses, at: now) { json in
                json.key(FatalExitRecord.processes)
                json.array(processes) { $1.write(to: &$0) }
                configuration?.writeMembers(to: &json)
            }
        case .process(let information?):
            recorder.record(FatalExitRecord.process, at: now) { json in
                json.key(FatalExitRecord.information)
                information.write(to: &json)
            }
        case .shutdown(let hasBegun):
            recorder.record(FatalExitRecord.shutdown, at: now) { json in
                json.key(FatalExitRecord.hasBegun)
                json.boolean(hasBegun)
            }
        case .noProcesses(let isStopping):
            let answer = isStopping ? FatalExitRecord.stopping : FatalExitRecord.none
            record(FatalExitRecord.allProcesses, answer, in: &recorder, at: now)
        case .process(nil): record(FatalExitRecord.process, FatalExitRecord.none, in: &recorder, at: now)
        case .processIsRemoved: record(FatalExitRecord.process, FatalExitRecord.removed, in: &recorder, at: now)
        case .isStopping: record(FatalExitRecord.process, FatalExitRecord.stopping, in: &recorder, at: now)
        }
    }

    /// Records an answer that is no information.
    private func record(
        _ kind: String,
        _ answer: String,
        in recorder: inout ReplayRecorder,
        at now: ContinuousClock.Instant
    ) {
        recorder.record(kind, at: now) { json in
            json.key(FatalExitRecord.answer)
            json.string(answer)
        }
    }
}
