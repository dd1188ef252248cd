import Handlers
import ListenerKit

Listener.main(builtInHandlers + [CrashMail.self], version: "1.0")
