import ListenerKit

@testable import Handlers

/// What the handler is given.
extension FatalExitHistory {
    /// Gives the handler an event for each process that has changed; some are lost.
    func giveEvents() async throws {
        for program in programs {
            let previous = states[program.name] ?? .stopped
            guard let state = supervisor.state(of: program.name), state != previous else {
                continue
            }
            states[program.name] = state
            if Int.random(in: 0..<12, using: &random) == 0 {
                lostCount += 1
                continue
            }
            let transition = transition(to: state, from: previous)
            record("PROCESS_STATE_\(state)") { header in
                .processState(
                    ProcessStateEvent(
                        header: header,
                        process: .of(program.name),
                        previous: previous,
                        transition: transition
                    )
                )
            }
        }
        let given = pending
        pending = []
        for event in given {
            await handle(event)
        }
    }

    /// Takes an event down; it has the next serial.
    func record(_ name: String, _ event: (EventHeader) -> Event) {
        let serial = events.count
        let event = event(EventHeader(name: name, serial: serial))
        events[serial] = event
        pending.append(event)
    }

    private func handle(_ event: Event) async {
        switch event {
        case .processGroup(let event): handler.handle(event)
        case .supervisorState(let event): handler.handle(event)
        default:
            if case .unfinished(let rest) = handler.begin(event) {
                await rest()
            }
        }
    }

    private func transition(to state: ProcessState, from previous: ProcessState) -> ProcessStateEvent.Transition {
        let tries = Int.random(in: 0...3, using: &random)
        return switch state {
        case .starting: .starting(tries: previous == .backoff ? tries : 0)
        case .running: .running(pid: 1)
        case .backoff: .backoff(tries: tries)
        case .stopping: .stopping(pid: 1)
        case .exited: .exited(expected: Bool.random(using: &random), pid: 1)
        case .stopped: .stopped(pid: 1)
        case .fatal: .fatal
        case .unknown: .unknown
        }
    }

    /// Gives the handler a snapshot, if supervisord answers.
    func giveSnapshot(_ reason: Snapshot.Reason) async throws {
        guard let processes = try? await test.context.supervisor().allProcessInfo() else {
            return
        }
        let snapshot = Snapshot(processes: processes, reason: reason, time: test.now)
        let number = snapshots.count + 1
        let details = JournalEntry(snapshot, number: number).details
        snapshots[number] = try RecordedSnapshot(JSONValue(details[...]))
        lostCount = 0
        await handler.handle(snapshot)
    }

    /// Tells the handler that supervisord is being shut down.
    func end() async throws {
        record("SUPERVISOR_STATE_CHANGE_STOPPING") {
            .supervisorState(SupervisorStateEvent(header: $0, state: .stopping))
        }
        try await advance(by: .seconds(2))
    }
}
