import Foundation
import ListenerKit
import Testing

@Suite struct SupervisorErrorTests {
    static let unix = Endpoint.unix(path: "/run/s.sock")
    static let http = Endpoint.http(host: "box", port: 9001)

    @Test(arguments: [
        (
            SupervisorError.cannotReach(endpoint: unix, error: SystemError("connect", code: ENOENT)),
            """
            cannot reach supervisord at unix:///run/s.sock: No such file or directory; \
            is supervisord running, with this file= in [unix_http_server]?
            """
        ),
        (
            .cannotReach(endpoint: http, error: SystemError("connect", code: ECONNREFUSED)),
            "cannot reach supervisord at http://box:9001: Connection refused; is supervisord running?"
        ),
        (
            .cannotReach(endpoint: unix, error: SystemError("connect", code: EACCES)),
            """
            cannot reach supervisord at unix:///run/s.sock: Permission denied; \
            the socket belongs to another user: run as that user, or set chown= or chmod= in [unix_http_server]
            """
        ),
        (
            .cannotReach(endpoint: http, error: SystemError("connect", code: EHOSTUNREACH)),
            "cannot reach supervisord at http://box:9001: No route to host"
        ),
        (
            .unknownHost(endpoint: http, reason: "Name or service not known"),
            """
            cannot reach supervisord at http://box:9001: the host name cannot be resolved \
            (Name or service not known); a numeric address needs no name service
            """
        ),
        (
            .timedOut(method: "supervisor.getState", endpoint: unix, after: .milliseconds(1500)),
            "supervisord at unix:///run/s.sock did not answer supervisor.getState within 1.5 seconds"
        ),
        (
            .unauthorized(endpoint: http, hasCredentials: false),
            """
            supervisord at http://box:9001 requires a user name and a password; set SUPERVISOR_USERNAME and \
            SUPERVISOR_PASSWORD to username= and password= of its server section
            """
        ),
        (
            .unauthorized(endpoint: http, hasCredentials: true),
            """
            supervisord at http://box:9001 rejected the user name and password; \
            set SUPERVISOR_USERNAME and SUPERVISOR_PASSWORD to username= and password= of its server section
            """
        ),
        (
            .httpStatus(500, method: "supervisor.getAllConfigInfo", endpoint: unix),
            """
            supervisord at unix:///run/s.sock failed to handle supervisor.getAllConfigInfo (HTTP status 500); \
            see its log
            """
        ),
        (
            .fault(Fault(.unknownMethod), method: "supervisor.getState", endpoint: unix),
            """
            supervisord at unix:///run/s.sock does not know supervisor.getState: its configuration \
            has no [rpcinterface:supervisor]; add that section with \
            supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface, and restart supervisord
            """
        ),
        (
            .fault(Fault(.unknownMethod), method: "other.method", endpoint: unix),
            "supervisord at unix:///run/s.sock rejected other.method: UNKNOWN_METHOD"
        ),
        (
            .fault(Fault(.shutdownState), method: "supervisor.getState", endpoint: unix),
            "supervisord at unix:///run/s.sock is shutting down or restarting, and rejected supervisor.getState"
        ),
        (
            .fault(Fault(.badName, "zz"), method: "supervisor.startProcess", endpoint: unix),
            "supervisord at unix:///run/s.sock rejected supervisor.startProcess: BAD_NAME: zz"
        ),
        (
            .invalidArgument(character: "\u{1B}", method: "supervisor.sendProcessStdin"),
            """
            cannot call supervisor.sendProcessStdin with the character U+001B, \
            which supervisord does not accept
            """
        ),
    ])
    func errorsSayWhatToDo(error: SupervisorError, description: String) {
        #expect(error.description == description)
    }

    @Test(arguments: [
        SupervisorError.httpStatus(404, method: "m", endpoint: http), .httpStatus(302, method: "m", endpoint: http),
        .connectionLost(SystemError("receive", code: ECONNRESET), method: "m", endpoint: http),
        .cutOff(method: "m", endpoint: http),
        .malformedReply(reason: "it is not HTTP", method: "m", endpoint: http),
    ])
    func errorsNameTheEndpoint(error: SupervisorError) {
        #expect(error.description.contains("http://box:9001"))
        #expect(!error.description.contains("\n"))
    }

    @Test func theFaultIsAtHand() {
        let fault = Fault(.alreadyStarted, "web")
        #expect(SupervisorError.fault(fault, method: "m", endpoint: Self.unix).fault == fault)
        #expect(SupervisorError.cutOff(method: "m", endpoint: Self.unix).fault == nil)
    }

    @Test func faultsAreKnownByTheirNumbers() {
        #expect(Fault(code: 60, message: "").known == .alreadyStarted)
        #expect(Fault(code: 61, message: "").known == nil)
        #expect(Fault(code: 61, message: "").description == "fault 61")
        #expect(
            Fault.Known.allCases.map(\.rawValue) == [1, 2, 3, 4, 6, 10, 11, 20, 21, 30, 40, 50, 60, 70, 80, 90, 91, 92]
        )
    }
}
