import ListenerKit

extension FatalExitBeginning {
    /// Writes the options and what was read from the configuration, as members of an object.
    func writeMembers(to json: inout JSONText) {
        json.key(FatalExitRecord.options)
        json.object { json in
            json.key(FatalExitRecord.triggers)
            json.string(triggers.optionText)
            json.key(FatalExitRecord.programs)
            json.string(selection.optionText)
            json.key(FatalExitRecord.status)
            json.number(status.map { Int($0) })
        }
        json.key(FatalExitRecord.canAsk)
        json.boolean(canAsk)
        json.key(FatalExitRecord.asksForUpdates)
        json.boolean(asksForUpdates)
        configuration.writeMembers(to: &json)
    }
}

extension FatalExitReducer.Configuration {
    /// Writes the programs and the order of starts, as members of an object.
    func writeMembers(to json: inout JSONText) {
        json.key(FatalExitRecord.programs)
        programs.write(to: &json)
        if let startup {
            json.key(FatalExitRecord.startup)
            json.object { json in
                json.key(FatalExitRecord.onFailure)
                json.string(startup.policy.rawValue)
                json.key(FatalExitRecord.plan)
                startup.plan.write(to: &json)
            }
        }
    }
}
