import ListenerKit

extension StartupBeginning {
    /// Reads what was recorded.
    init(_ record: JSONValue) throws(MalformedRecord) {
        configuration = try StartupReducer.Configuration(record)
        guard let options = record["options"] else {
            throw MalformedRecord("the options of ordered startup are missing")
        }
        policy = try options.named("on-failure") { FailurePolicy(rawValue: $0) }
        timeout = options["timeout"] == nil ? nil : try options.seconds("timeout")
        endsListener = try options.boolean("exit")
        knowsEarlierNotifications = try options.boolean("notified")
    }
}

extension StartupReducer.Configuration {
    /// Reads what was recorded.
    init(_ record: JSONValue) throws(MalformedRecord) {
        guard let plan = record["plan"] else {
            throw MalformedRecord("the plan is missing")
        }
        self.plan = try StartupPlan(plan)
        mustStart = Set(try record.texts("must-start").compactMap { ProcessName($0) })
    }
}
