// SPDX-License-Identifier: GPL-3.0-or-later
import ChildProcess
import EventLoop
import Glibc

/// The directories and files of a private PostgreSQL: finds them, makes them, repairs what a crash left half made.
struct ClusterFiles: Sendable {
  let plan: ClusterPlan
  let binaries: String
  /// Who runs PostgreSQL; none is this process's own user.
  let user: SystemUser?
  let socketDirectory: String

  init(_ plan: ClusterPlan) throws {
    precondition(plan.directory.hasPrefix("/"), "a cluster's directory is an absolute path")
    self.plan = plan
    binaries = try ClusterFiles.findBinaries(plan.binaries)
    if SystemUser.mayChange {
      guard let postgres = SystemUser(named: "postgres") else { throw ClusterError.noUser("postgres") }
      user = postgres
    } else {
      user = nil
    }
    socketDirectory = ClusterFiles.socketDirectory(for: plan.directory)
  }

  private static func findBinaries(_ given: String?) throws -> String {
    let root = "/usr/lib/postgresql"
    let newest = Files.names(in: root).compactMap { Int($0) }.max().map { "\(root)/\($0)/bin" }
    guard let folder = given ?? newest, Files.exists(folder + "/postgres"), Files.exists(folder + "/initdb") else {
      throw ClusterError.noBinaries(given ?? root)
    }
    return folder
  }

  /// A socket's path is at most 107 bytes (unix(7)); a long one moves to a short folder of its own.
  static func socketDirectory(for directory: String) -> String {
    let own = directory + "/run"
    if own.utf8.count + "/.s.PGSQL.5432.lock".utf8.count <= 107 { return own }
    let base = unsafe getenv("XDG_RUNTIME_DIR").map { unsafe String(cString: $0) }
    let folder = SystemUser.mayChange ? "/tmp" : base ?? "/tmp"
    // FNV-1a: the same directory has the same socket after a restart.
    let hash = directory.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return "\(folder)/pg-\(String(hash, radix: 36))"
  }

  // MARK: Preparing

  /// A directory that is another user's can neither be used nor looked into, unless by root.
  func checkOwner(for uid: uid_t = geteuid()) throws {
    var status = stat()
    guard uid != 0, unsafe stat(plan.directory, &status) == 0, status.st_uid != uid else { return }
    let name = unsafe getpwuid(status.st_uid).map { unsafe String(cString: $0.pointee.pw_name) }
    throw ClusterError.foreign(directory: plan.directory, user: name ?? "\(status.st_uid)")
  }

  /// Makes the directory itself, which must be reachable for PostgreSQL's user.
  func prepareDirectory() throws {
    Files.makeParents(of: plan.directory)
    try Files.makeDirectory(plan.directory, mode: user == nil ? 0o700 : 0o711, owner: nil)
    if let user, let obstacle = Files.obstacle(to: plan.dataDirectory, for: user) {
      throw ClusterError.notSearchable(directory: obstacle, user: user.name)
    }
  }

  func prepareSocketDirectory() throws {
    try Files.makeDirectory(socketDirectory, mode: 0o700, owner: user)
    var status = stat()
    try unsafe Files.check(lstat(socketDirectory, &status), socketDirectory)
    if status.st_mode & S_IFMT != S_IFDIR || status.st_uid != user?.uid ?? geteuid() {
      throw ClusterError.files(path: socketDirectory, problem: "belongs to somebody else")
    }
  }

  var isMade: Bool { Files.exists(plan.dataDirectory + "/PG_VERSION") }

  /// Makes the data in a folder beside and renames it when all of it is there, so that a crash leaves no half.
  func makeData(on loop: EventLoop) async throws {
    let fresh = plan.directory + "/data.new"
    Files.remove(tree: fresh)
    // PostgreSQL's user may not make folders here, so its own is made for it.
    try Files.makeDirectory(fresh, mode: 0o700, owner: user)
    let log = plan.directory + "/initdb.log"
    let output = unsafe open(log, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o600)
    if output < 0 { try Files.check(-1, log) }
    defer { close(output) }
    var child = ChildPlan(
      path: binaries + "/initdb",
      arguments: [
        "-D", fresh, "-U", plan.role, "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums",
        "--auth-host=reject", "--auth-local=peer", "--no-instructions",
      ])
    child.output = output
    child.error = output
    child.user = user
    child.directory = fresh
    let exit = await (try ChildProcess.start(child)).wait(on: loop)
    guard exit == .code(0) else { throw ClusterError.initdb(log: Files.tail(of: log).trimmedLine) }
    try unsafe Files.check(rename(fresh, plan.dataDirectory), plan.dataDirectory)
    try Files.synchronise(directory: plan.directory)
  }

  /// Lets this process's user, whoever it is today, connect as the owner, and root, who could become that user anyway;
  /// nobody else.
  func writeAccessRules() throws {
    var users = ["postgres", "root"]
    if let entry = unsafe getpwuid(geteuid()) { users.append(unsafe String(cString: entry.pointee.pw_name)) }
    let role = "\"" + plan.role + "\""
    try Files.write("local all \(role) peer map=owner\n", to: plan.dataDirectory + "/pg_hba.conf", owner: user)
    let map = Set(users).sorted().map { "owner \($0) \(role)\n" }.joined()
    try Files.write(map, to: plan.dataDirectory + "/pg_ident.conf", owner: user)
  }

  /// Starts PostgreSQL; its log goes to a file of ours.
  func startServer() throws -> ChildProcess {
    let output = unsafe open(plan.logPath, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
    if output < 0 { try Files.check(-1, plan.logPath) }
    defer { close(output) }
    var child = ChildPlan(
      path: binaries + "/postgres", arguments: plan.serverArguments(socketDirectory: socketDirectory))
    child.output = output
    child.error = output
    child.user = user
    child.directory = plan.dataDirectory
    child.deathSignal = SIGINT  // a fast shutdown
    return try ChildProcess.start(child)
  }
}
