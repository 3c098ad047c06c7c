"""Versions of database engines, and their parameter group families."""

# AWS moves them on; what matters is the parameter group family, whose defaults differ.
VERSIONS = {
    "aurora-mysql": "8.0.mysql_aurora.3.10.1",
    "aurora-postgresql": "17.5",
    "docdb": "5.0.0",
    "mariadb": "11.8.3",
    "mysql": "8.4.6",
    "oracle-ee": "19.0.0.0.ru-2026-01.rur-2026-01.r1",
    "oracle-se2": "19.0.0.0.ru-2026-01.rur-2026-01.r1",
    "postgres": "17.6",
    "sqlserver-ee": "16.00.4210.1.v1",
    "sqlserver-ex": "16.00.4210.1.v1",
    "sqlserver-se": "16.00.4210.1.v1",
    "sqlserver-web": "16.00.4210.1.v1",
}


def family_of(engine, version):
    major, minor = (version.split(".") + ["0"])[:2]
    if engine.endswith("postgres") or engine.endswith("postgresql"):
        return engine + (major if int(major) > 9 else f"{major}.{minor}")
    if engine.startswith("sqlserver"):
        return f"{engine}-{int(major)}.0"
    if engine.startswith("oracle"):
        return f"{engine}-{major}"
    return f"{engine}{major}.{minor}"
