import Handlers
import ListenerKit

Listener.run(
    builtInHandlers,
    name: "listenerd",
    version: "0.1.0",
    subcommands: [
        SuperviseCommand.self, PlanCommand.self, CheckCommand.self, StatusCommand.self, RestartCommand.self,
        AnalyzeCommand.self, ReplayCommand.self, ManualCommand.self, CompletionCommand.self,
    ],
    processes: LoadedPlan.processes
)
