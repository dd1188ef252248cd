import ListenerKit

/// The order of a stop as a JSON object.
struct StopJSON {
    private let stop: PlannedStop

    init(_ stop: PlannedStop) {
        self.stop = stop
    }

    /// The object, with one line for each wave.
    var text: [UInt8] {
        let forecast = stop.forecast
        var json = JSONText()
        json.object { json in
            json.key("waves")
            json.array(forecast.waves) { json, wave in
                json.newLine()
                json.array(wave.map { forecast.steps[$0] }) { json, step in
                    json.object { json in
                        json.key("name")
                        json.string(step.program)
                        json.key("seconds")
                        json.number(step.seconds)
                    }
                }
            }
            json.newLine()
            json.key("seconds")
            json.number(forecast.seconds)
            json.key("supervisord_seconds")
            json.number(stop.budget.seconds)
        }
        return json.bytes + [UInt8(ascii: "\n")]
    }
}
