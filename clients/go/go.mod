module github.com/snapstand/snapstand/clients/go

go 1.21
