// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "obstinate",
    dependencies: [
        .package(name: "listenerd", path: "../../..")
    ],
    targets: [
        .executableTarget(
            name: "obstinate",
            dependencies: [
                .product(name: "Handlers", package: "listenerd"),
                .product(name: "ListenerKit", package: "listenerd"),
            ],
            path: "Sources/Obstinate"
        )
    ]
)
