public import ListenerKit

/// A way in which supervisord can fail to answer a call correctly.
@nonexhaustive
public enum RPCDisturbance: Hashable, Sendable {
    /// It does not answer before the disturbance is over.
    case hangs
    /// It answers with an HTTP status other than 200: 401, 500.
    case httpStatus(Int)
    /// It refuses.
    case fault(Fault)
    /// It carries the call out, and answers with another value.
    case value(XMLRPCValue)
    /// It answers with something other than XML-RPC.
    case rubbish
    /// It carries the call out, and closes the connection in the middle of its answer.
    case cutOff

    /// Whether the call is not carried out, or not yet.
    var preventsCall: Bool {
        switch self {
        case .hangs, .httpStatus, .fault, .rubbish: true
        case .value, .cutOff: false
        }
    }
}

/// A disturbance, and the calls that it applies to.
struct PlannedDisturbance: Sendable {
    let id: Int
    let disturbance: RPCDisturbance
    let method: String?
    var timesLeft: Int?

    func applies(to call: RPCCall) -> Bool {
        timesLeft != 0 && (method == nil || method == call.method)
    }
}

extension SupervisorModel {
    /// Returns the disturbance that applies to a call, and counts it; nil if there is none.
    mutating func useDisturbance(for call: RPCCall) -> PlannedDisturbance? {
        guard let index = disturbances.firstIndex(where: { $0.applies(to: call) }) else {
            return nil
        }
        disturbances[index].timesLeft = disturbances[index].timesLeft.map { $0 - 1 }
        return disturbances[index]
    }
}
