import Handlers
import ListenerKit

Listener.main(
    builtInHandlers + [CrashMail.self, ChatAlert.self, Heartbeat.self],
    version: "1.0",
    subcommands: [TestMail.self]
)
