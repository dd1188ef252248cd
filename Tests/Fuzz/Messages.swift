/// What supervisord writes to a listener: no input may crash the reader, and it reads the same in pieces as in one.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    guard let size = input.first else {
        return 0
    }
    let whole = parse(input.dropFirst(), piecesOf: Int.max)
    precondition(whole == parse(input.dropFirst(), piecesOf: Int(size % 16) + 1))
    var sequence = EventSequence()
    for message in whole.messages {
        _ = sequence.judge(serial: message.header.serial, poolSerial: message.header.poolSerial)
        _ = try? Event(message)
        // The payload is read as that of every other event too, so that a few seeds reach all of them.
        for kind in EventKind.allCases {
            _ = try? Event(Message(header: EventHeader(name: kind.rawValue), payload: message.payload))
        }
    }
    return 0
}

private struct Outcome: Equatable {
    var messages: [Message] = []
    var strayLines: [String] = []
    var error: MessageError?
    var isMidMessage = false
}

private func parse(_ input: ArraySlice<UInt8>, piecesOf size: Int) -> Outcome {
    var outcome = Outcome()
    var parser = MessageParser()
    var rest = input
    do {
        repeat {
            parser.append(rest.prefix(size))
            rest = rest.dropFirst(size)
            while let message = try parser.next(receivedAt: Timestamp(nanoseconds: 0)) {
                outcome.messages.append(message)
            }
        } while !rest.isEmpty
        outcome.isMidMessage = parser.isMidMessage
    } catch let error as MessageError {
        outcome.error = error
    } catch {
        preconditionFailure("another error")
    }
    outcome.strayLines = parser.strayLines
    return outcome
}
