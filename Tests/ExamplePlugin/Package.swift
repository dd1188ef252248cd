// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "my-listener",
    dependencies: [
        .package(name: "listenerd", path: "../..")
    ],
    targets: [
        .executableTarget(
            name: "MyListener",
            dependencies: [
                .product(name: "Handlers", package: "listenerd"),
                .product(name: "ListenerKit", package: "listenerd"),
            ],
            // With this, asynchronous methods stay in the task of their caller, so that a class with state can call its own.
            swiftSettings: [.enableUpcomingFeature("NonisolatedNonsendingByDefault")]
        ),
        .testTarget(
            name: "MyListenerTests",
            dependencies: [
                "MyListener",
                .product(name: "ListenerKit", package: "listenerd"),
                .product(name: "ListenerTesting", package: "listenerd"),
            ]
        ),
    ]
)
