extension Categories {
    /// Finds out what a type of handler handles, by the protocols that it conforms to.
    init(handledBy type: any Handler.Type) {
        self = []
        if type is any EventHandler.Type { insert(.everyEvent) }
        if type is any ProcessStateHandler.Type { insert(.processState) }
        if type is any ProcessLogHandler.Type { insert(.processLog) }
        if type is any ProcessCommunicationHandler.Type { insert(.processCommunication) }
        if type is any RemoteCommunicationHandler.Type { insert(.remoteCommunication) }
        if type is any SupervisorStateHandler.Type { insert(.supervisorState) }
        if type is any TickHandler.Type { insert(.tick) }
        if type is any ProcessGroupHandler.Type { insert(.processGroup) }
        if type is any SnapshotHandler.Type { insert(.snapshot) }
        if type is any AlarmHandler.Type { insert(.alarm) }
        if type is any RotationHandler.Type { insert(.rotation) }
    }
}
