import Handlers
import ListenerKit
