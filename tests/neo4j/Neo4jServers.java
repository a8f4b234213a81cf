import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.BoltConnector.EncryptionLevel;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.configuration.ssl.ClientAuth;
import org.neo4j.configuration.ssl.SslPolicyConfig;
import org.neo4j.configuration.ssl.SslPolicyScope;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;
import org.neo4j.kernel.internal.GraphDatabaseAPI;

/**
 * Real Neo4j servers for the tests, as many as a folder asks for, in one process.
 *
 * <p>{@code Neo4jServers FOLDER PID}: for each {@code NAME.properties} of the folder a server of its own is
 * started, and {@code NAME.port} says where it listens; when the file goes, the server stops and the note
 * goes too. All ends when the folder or the process PID does, so that nothing is left behind, whatever
 * happens to the tests.
 *
 * <p>A server's file says its {@code password} (without one it lets everybody in), and
 * {@code certificates}, a folder with {@code private.key} and {@code public.crt}, if it takes encrypted
 * connections and no others. None of that is on a command line.
 */
public final class Neo4jServers {
    private static final String WANTED = ".properties";
    private static final long POLL_MILLIS = 50;

    private final Path folder;
    private final Map<String, DatabaseManagementService> running = new HashMap<>();

    private Neo4jServers(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) {
        var servers = new Neo4jServers(Path.of(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(servers::stopAll));
        try {
            var owner = ProcessHandle.of(Long.parseLong(arguments[1])).orElseThrow();
            while (owner.isAlive() && Files.isDirectory(servers.folder)) {
                servers.adjust();
                Thread.sleep(POLL_MILLIS);
            }
        } catch (Exception failure) {
            failure.printStackTrace();
            System.exit(1); // a server's threads would keep the process otherwise
        }
        System.exit(0);
    }

    private synchronized void adjust() throws Exception {
        Set<String> wanted = wanted();
        for (String name : wanted) {
            if (!running.containsKey(name)) {
                start(name);
            }
        }
        for (String name : Set.copyOf(running.keySet())) {
            if (!wanted.contains(name)) {
                running.remove(name).shutdown();
                Files.deleteIfExists(folder.resolve(name + ".port"));
            }
        }
    }

    private Set<String> wanted() throws IOException {
        var names = new HashSet<String>();
        try (var files = Files.newDirectoryStream(folder, "*" + WANTED)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                names.add(name.substring(0, name.length() - WANTED.length()));
            }
        }
        return names;
    }

    private void start(String name) throws IOException {
        var asked = new Properties();
        try (Reader reader = Files.newBufferedReader(folder.resolve(name + WANTED))) {
            asked.load(reader);
        }
        String password = asked.getProperty("password");
        var service = build(folder.resolve(name), password != null, asked.getProperty("certificates"));
        running.put(name, service);
        if (password != null) {
            service.database("system").executeTransactionally(
                    "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
        }
        var database = (GraphDatabaseAPI) service.database("neo4j");
        var ports = database.getDependencyResolver().resolveDependency(ConnectorPortRegister.class);
        Path draft = folder.resolve(name + ".draft");
        Files.writeString(draft, Integer.toString(ports.getLocalAddress(ConnectorType.BOLT).getPort()));
        Files.move(draft, folder.resolve(name + ".port"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static DatabaseManagementService build(Path home, boolean isGuarded, String certificates) {
        var builder = new DatabaseManagementServiceBuilder(home)
                .setConfig(GraphDatabaseSettings.auth_enabled, isGuarded)
                .setConfig(GraphDatabaseSettings.udc_enabled, false)
                .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(64))
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", 0));
        if (certificates != null) {
            var policy = SslPolicyConfig.forScope(SslPolicyScope.BOLT);
            builder.setConfig(BoltConnector.encryption_level, EncryptionLevel.REQUIRED)
                    .setConfig(policy.enabled, true)
                    .setConfig(policy.base_directory, Path.of(certificates))
                    .setConfig(policy.client_auth, ClientAuth.NONE);
        }
        return builder.build();
    }

    private synchronized void stopAll() {
        running.values().forEach(DatabaseManagementService::shutdown);
        running.clear();
    }
}
