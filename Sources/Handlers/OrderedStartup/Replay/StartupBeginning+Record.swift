import ListenerKit

extension StartupBeginning {
    /// Writes the options and the plan, as members of an object.
    func writeMembers(to json: inout JSONText) {
        json.key("options")
        json.object { json in
            json.key("on-failure")
            json.string(policy.rawValue)
            if let timeout {
                json.key("timeout")
                json.seconds(timeout)
            }
            json.key("exit")
            json.boolean(endsListener)
            json.key("notified")
            json.boolean(knowsEarlierNotifications)
        }
        configuration.writeMembers(to: &json)
    }
}

extension StartupReducer.Configuration {
    /// Writes the plan, as members of an object.
    func writeMembers(to json: inout JSONText) {
        json.key("must-start")
        json.array(mustStart.sorted()) { $0.string($1.description) }
        json.key("plan")
        plan.write(to: &json)
    }
}
